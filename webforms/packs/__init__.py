"""规则包: what is known of a jurisdiction, topic by topic, and how it is changed."""
