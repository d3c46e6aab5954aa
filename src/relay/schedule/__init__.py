"""When the steps run."""
