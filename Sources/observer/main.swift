import Grading

runObserver(subjects)
