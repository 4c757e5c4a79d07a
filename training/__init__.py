"""What `make train` needs: labelled text in, the reader's weights and a report out."""
