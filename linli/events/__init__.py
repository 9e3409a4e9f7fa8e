"""What residents, grid workers and sensors report, from the first word to its end."""
