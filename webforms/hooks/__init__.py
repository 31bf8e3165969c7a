"""机器入口: signed deliveries of the phone system, of WeChat and of other platforms."""
