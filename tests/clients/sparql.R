# SPARQL of R, which only asks for rows. Unless told, its HTTP library reads any answer as Latin-1.
suppressMessages(library(SPARQL))

given <- commandArgs(TRUE)
rows <- SPARQL(given[1], given[2], curl_args = list(.encoding = "UTF-8"))$results
cat(paste("row", gsub("[<>]", "", rows$partner), rows$label, rows$said, sep = "\t"), sep = "\n")
