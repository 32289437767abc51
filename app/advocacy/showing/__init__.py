"""What pages of advocacy show: ready values, made of rows and names in a fixed number of questions."""
