"""HTTP as relay speaks it: guarded, paced, bounded."""
