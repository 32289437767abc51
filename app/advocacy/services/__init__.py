"""The use cases of advocacy that write."""
