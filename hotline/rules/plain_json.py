"""What is sealed as JSON stands in the words it was written in; the encoder is made once."""

import json

encoded = json.JSONEncoder(ensure_ascii=False).encode
