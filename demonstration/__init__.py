"""The main job, played on real-style input: from a group leader's workbook to the portal and back."""
