"""Reports as documents: finished texts and figures in, PDF or PPTX out. Nothing here measures anything."""
