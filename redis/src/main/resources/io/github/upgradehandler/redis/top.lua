keep()
return { epoch, string.format('%.0f', top), lineage }
