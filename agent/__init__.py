"""Isnad: who else says so, who says otherwise, and are they really someone else?"""
