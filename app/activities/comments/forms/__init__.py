"""The shape of what is typed: by those who comment, and by the office."""

from app.activities.comments.forms.moderating import AppealForm, BulkForm, DecideForm
from app.activities.comments.forms.office import AdmitForm, AnswerForm, HideForm, KeyInForm, ShowAgainForm
from app.activities.comments.forms.setup import QuestionForm, RemoveForm, SetupForm
from app.activities.comments.forms.themes import LedToForm, MergeForm, PickForm, ThemeAnswerForm, ThemeForm
from app.activities.comments.forms.writing import (
    CommentForm,
    EditForm,
    NoMailForm,
    SendForm,
    SupportForm,
    VisitorForm,
    VisitorSendForm,
    WithdrawForm,
    WordsForm,
)

__all__ = [
    "AdmitForm",
    "AnswerForm",
    "AppealForm",
    "BulkForm",
    "CommentForm",
    "DecideForm",
    "EditForm",
    "HideForm",
    "KeyInForm",
    "LedToForm",
    "MergeForm",
    "NoMailForm",
    "PickForm",
    "QuestionForm",
    "RemoveForm",
    "SendForm",
    "SetupForm",
    "ShowAgainForm",
    "SupportForm",
    "ThemeAnswerForm",
    "ThemeForm",
    "VisitorForm",
    "VisitorSendForm",
    "WithdrawForm",
    "WordsForm",
]
