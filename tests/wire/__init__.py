"""What subscribers get on the wire: every H rule, from the daemon and from static servers."""
