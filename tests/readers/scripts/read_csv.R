# R: read_csv.R URL; id, start_year, start_day, lat, characters and title of each row, by tabs.
d <- read.csv(commandArgs(trailingOnly = TRUE)[1], encoding = "UTF-8", stringsAsFactors = FALSE)
stopifnot(is.numeric(d$start_year), is.numeric(d$start_day), is.numeric(d$lat))
title <- gsub("[[:cntrl:]]", " ", d$title)
writeLines(paste(d$id, format(d$start_year, scientific = FALSE, trim = TRUE), d$start_day, d$lat,
                 nchar(d$title), title, sep = "\t"), useBytes = TRUE)
