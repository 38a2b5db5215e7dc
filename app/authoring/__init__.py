"""What teachers write in the browser: questions with their history, quizzes of their own, images, uploads."""
