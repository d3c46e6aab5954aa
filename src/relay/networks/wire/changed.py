"""What is said of a post that shall be edited or deleted, where nothing can be asked or nothing is there any more."""

from relay.core.outcome import Refused

NO_MORE = Refused("The network does not have this post any more: there is nothing left to edit.")
NAMELESS = Refused("The network's name for this post is not known here: edit or delete it there.")
"""Of a post that a person has seen there, after a doubt."""
NOT_OURS = Refused("What stands there under this post's name is not what relay posted: edit or delete it there.")
"""Where an account has another owner, another webhook, or another server than when it was posted."""
