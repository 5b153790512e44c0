"""Errors that people can act on.

::

    BriefingError                 message + hint; the command line prints both, exit 1
    ├── UserError                 something given by the user cannot work
    │   ├── SourceError           a document cannot be read
    │   ├── ConfigError           a setting is unknown or out of range
    │   ├── TemplateError         an output template or prompt is wrong
    │   ├── DocumentError         a briefing file is not one, or does not match its schema
    │   └── OfflineError          the network would be needed and is not allowed
    ├── ModelError                the model or its runtime misbehaves
    │   ├── ModelMissing          no such model file here
    │   ├── ModelCorrupt          size or hash differs from the catalogue
    │   ├── ModelUnusable         the file or the build of llama.cpp cannot be run
    │   └── CapabilityMissing     this engine cannot do what was asked
    └── InternalError             a bug of ours

A failure of one job of many is no exception: engines return :class:`briefing.model.jobs.Failure`.
"""


class BriefingError(Exception):
    """Base of all errors that ``briefing`` raises on purpose.

    ``message`` says what happened, ``hint`` what to do about it (may be empty).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UserError(BriefingError):
    """Something given by the user cannot work."""


class SourceError(UserError):
    """A document cannot be read; ``message`` names it."""


class ConfigError(UserError):
    """A setting is unknown or out of range."""


class TemplateError(UserError):
    """An output template or a prompt is wrong."""


class DocumentError(UserError):
    """A briefing file is not one, or does not match its schema."""


class OfflineError(UserError):
    """The network would be needed and is not allowed."""


class ModelError(BriefingError):
    """The model or its runtime misbehaves."""


class ModelMissing(ModelError):
    """No such model file on this machine."""


class ModelCorrupt(ModelError):
    """Size or hash of a model file differs from the catalogue."""


class ModelUnusable(ModelError):
    """The model file or the build of llama.cpp cannot be run."""


class CapabilityMissing(ModelError):
    """This engine cannot do what was asked of it."""


class InternalError(BriefingError):
    """A bug of ours: an invariant does not hold."""
