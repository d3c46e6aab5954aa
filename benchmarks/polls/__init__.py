"""Goals P1 to P4 and P7: what polls cost relay, its peers and a bare client, on one farm of sources in one run."""
