import Fixture
import Grading

// The name under which it is started says which answer it observes: a test links this executable to `crash`, `loop` and so on.
let name = CommandLine.arguments[0].split(separator: "/").last.map(String.init) ?? ""
let lesson: any FixtureLesson = lessons[name] ?? Behaviour(act: behaviours[name] ?? { _, _, _ in unknown(name) })
runObserver([Subject(fixtureSteps, lesson)])
