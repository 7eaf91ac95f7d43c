"""The picture and its tables on paper and in slides: SVG, PDF, PPTX, ZIP."""
