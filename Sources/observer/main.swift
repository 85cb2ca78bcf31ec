import Grading

Grading.runObserver(subjects)
