"""What a text promises, in English, Polish and Croatian: money, discounts, dates, periods, opening hours, tone."""
