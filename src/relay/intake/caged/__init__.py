"""Strangers' documents are read in a process of their own, which has little and may do less."""
