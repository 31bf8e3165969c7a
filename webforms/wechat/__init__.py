"""微信公众号: the door of official accounts, plain and AES mode; docs/wechat.md."""
