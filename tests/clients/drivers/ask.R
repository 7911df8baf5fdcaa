# The calls of a file, made with the client in R: ask.R CALLS CLIENT. Prints what ask.py prints.
arguments <- commandArgs(trailingOnly = TRUE)
source(arguments[2])

# A list of values as a vector, a list of lists as a list of vectors: what one writes in R.
natural <- function(value) {
  if (!is.list(value)) return(value)
  if (any(vapply(value, is.list, NA))) lapply(value, natural) else unlist(value)
}

made <- function(call) {
  store <- annals(call$url, token = if (is.null(call$token)) "" else call$token,
                  timeout = if (is.null(call$timeout)) 60 else call$timeout)
  given <- c(if (!is.null(call$id)) list(call$id), lapply(call$filters, natural))
  flat <- !is.null(call[["as"]])
  if (call$verb %in% c("events", "timeline", "facets")) given$frame <- flat
  answer <- do.call(store[[call$verb]], given)
  if (identical(call[["as"]], "size")) attributes(answer)[c("version", "matched")] else answer
}

problem <- function(error) {
  fields <- error[c("status", "type", "title", "detail", "errors")]
  list(problem = c(fields, list(message = conditionMessage(error))))
}

outcome <- function(call) {
  tryCatch(list(gave = made(call)),
    annals_problem = problem,
    error = function(error) list(error = conditionMessage(error))
  )
}

calls <- jsonlite::fromJSON(arguments[1], simplifyVector = FALSE)
cat(jsonlite::toJSON(lapply(calls, outcome), auto_unbox = TRUE, null = "null", na = "null", digits = NA))
