"""What a learner has read, checked and shown: progress."""
