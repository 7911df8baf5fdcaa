# Draws how many events there are each month: solid those that certainly overlap it, pale those that
# possibly do.
#
#     Rscript docs/scripts/certain-and-possible.R FILE [FILTER=VALUE ...]
#
# FILE ends in .svg, .png or .pdf. Run it at the root of the checkout; the server is ANNALS_URL, else
# http://127.0.0.1:8080.

source("clients/r/annals.R")

arguments <- commandArgs(trailingOnly = TRUE)
file <- arguments[1]
filters <- list(by = "month", date = "2020-07/2022-06")
for (word in arguments[-1]) filters[[sub("=.*", "", word)]] <- sub("^[^=]*=", "", word)

store <- annals()
months <- do.call(store$timeline, filters)

switch(sub(".*[.]", "", file),
  svg = svg(file, width = 10, height = 4),
  pdf = pdf(file, width = 10, height = 4),
  png(file, width = 1000, height = 400, res = 100)
)
par(mar = c(3, 3, 1, 0), mgp = c(2, 0.6, 0), las = 1, family = "sans")
most <- max(months$max, 1)
middle <- barplot(months$max, col = "#b7cde2", border = NA, ylim = c(0, most * 1.15), axes = FALSE)
barplot(months$min, col = "#1f4e79", border = NA, add = TRUE, axes = FALSE)
axis(2, at = unique(floor(pretty(c(0, most)))), lwd = 0)
# A word for every January and every sixth month is enough.
month <- as.integer(substring(months$from, nchar(months$from) - 4, nchar(months$from) - 3))
shown <- if (length(month) > 60) month == 1 else month %in% c(1, 4, 7, 10)
axis(1, at = middle[shown], labels = months$start[shown], lwd = 0, gap.axis = 0.4)
legend("topleft", c("certainly", "possibly"),
  fill = c("#1f4e79", "#b7cde2"), border = NA, bty = "n", horiz = TRUE
)
invisible(dev.off())
cat(sum(months$max > 0), "of", nrow(months), "months have events, in", file, "\n")
