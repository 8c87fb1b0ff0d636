"""Files that leave the program: Word, spreadsheets and linked data."""
