"""Every network under every fault: what is public against what relay says."""
