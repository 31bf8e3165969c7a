"""对接平台: the door of platforms that speak their own tongue, and the pages to set them up."""
