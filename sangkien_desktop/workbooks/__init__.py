"""Spreadsheets in and out: any group leader's file becomes drafts, any table becomes a workbook; no database."""
