"""The whole state machine, walked: every abstract state that the code can bring about, and what holds in each."""
