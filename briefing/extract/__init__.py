"""What a source says: sentences worth telling, quotations with speakers, open questions."""
