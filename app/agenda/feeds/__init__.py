"""The agenda for programs: calendar files, news, and how both are asked for again and again."""
