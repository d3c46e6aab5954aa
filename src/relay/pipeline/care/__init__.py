"""Sources and those who look after them: how they do, what is asked about them, what helps."""
