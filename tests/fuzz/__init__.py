"""What strangers, programs and careless hands may send, by the thousand: nothing of it breaks anything."""
