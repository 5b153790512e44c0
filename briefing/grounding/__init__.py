"""Is what the briefing says supported by what it cites?"""
