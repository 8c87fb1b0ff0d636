"""What pages share: cards, filters, the page view, the basket."""
