"""What is read of advocacy."""
