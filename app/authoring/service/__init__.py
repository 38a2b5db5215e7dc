"""Changing what is written in the browser. Services take the session and flush; the doors commit."""

from app.authoring.service.cases import cases_of, share_passage
from app.authoring.service.commenting import comment_on, settle_comment, unsettle_comment
from app.authoring.service.imaging import keep_image, keep_images
from app.authoring.service.publishing import bring_back, publish, question_of, retire, return_to_author, send_to_review
from app.authoring.service.writing import Author, Save, copy_question, create_question, new_id, restore_edit, save_edit

__all__ = [
    "Author",
    "Save",
    "bring_back",
    "cases_of",
    "comment_on",
    "copy_question",
    "create_question",
    "keep_image",
    "keep_images",
    "new_id",
    "publish",
    "question_of",
    "restore_edit",
    "retire",
    "return_to_author",
    "save_edit",
    "send_to_review",
    "settle_comment",
    "share_passage",
    "unsettle_comment",
]
