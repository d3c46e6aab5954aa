"""What is said of a post that shall be edited or deleted, where nothing can be asked or nothing is there any more."""

from relay.core.outcome import AuthLost, Refused, Retry, Unsure

NO_MORE = Refused("The network does not have this post any more: there is nothing left to edit.")
NAMELESS = Refused("The network's name for this post is not known here: edit or delete it there.")
"""Of a post that a person has seen there, after a doubt."""
NOT_OURS = Refused("What stands there under this post's name is not what relay posted: edit or delete it there.")
"""Where an account has another owner, another webhook, or another server than when it was posted."""


def of_one(outcome: Retry | Refused | AuthLost | Unsure, *, is_of_secret: bool) -> Retry | Refused | AuthLost | Unsure:
    """What was said to the change of one post. Unless it is of the secret, it is no reason to hold all the others.

    An old post may stand where the account writes no more, and a token may post and not delete.
    """
    return outcome if is_of_secret or not isinstance(outcome, AuthLost) else Refused(outcome.why)
