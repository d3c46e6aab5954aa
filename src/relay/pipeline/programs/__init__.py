"""Programs with tokens: made, ended, let in, and what they have people see."""
