"""The two exceptions every layer may raise to a person or to a job."""


class AppError(Exception):
    """Something the user can understand and act upon.

    `sentence` says in Vietnamese what happened, `hint` the next step; neither holds personal data or a secret.
    `code` is a stable English word for `--json`, tests and the log. The cause is chained with `from`.
    """

    def __init__(self, sentence: str, *, hint: str = "", code: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint
        self.code = code

    def __reduce__(self) -> tuple[object, ...]:
        # Child processes hand errors back pickled; keyword-only arguments need help to survive it.
        return _restored, (type(self), self.sentence, self.hint, self.code)


class Cancelled(Exception):
    """The person stopped long work between two of its steps."""


def _restored(kind: type[AppError], sentence: str, hint: str, code: str) -> AppError:
    error = kind.__new__(kind, sentence)
    AppError.__init__(error, sentence, hint=hint, code=code)
    return error
