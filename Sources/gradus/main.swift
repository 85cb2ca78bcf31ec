import Answers
for a in answers {
  let v = a.verify([1, 2, 3])
  v.failures.forEach { print($0) }
  for (m, s) in v.matrix { print(m.step, m.id, s) }
  print(v.steps, v.mistakes, v.derivatives, v.quantities)
  for s in a.lesson.steps { print(s.id, a.prerequisites(s.id)) }
}
