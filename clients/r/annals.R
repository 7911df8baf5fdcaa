# A thin client of Annals, the server of dated events: this one file, with jsonlite and curl.
#
#     source("annals.R")
#     store <- annals("http://127.0.0.1:8080")
#     events <- store$events(actor = "aze", date = "2021")
#     print(events[c("date", "title")])
#
# Filters are those of the interface: type__not = "consult", as_of = 7. A vector means any of its
# values, actor = c("aze", "tur"); a list all of them, actor = list("aze", "tur"). Dates are text (EDTF)
# and numbers of days, never Date. What is refused is a condition of the class annals_problem.

.annals <- list(
  version = "0.1.0",
  page = 1000, tries = 5, # rows at most; of one request, after 429, 503 and redirects
  words = c("value", "detail", "hint"), # of an error; its other members say where it is
  columns = scan(quiet = TRUE, what = "", text = "id title type date earliest start_latest end_earliest
    latest start_year start_day end_day precision qualifier place lat lon actors sources url"),
  numbers = c("start_year", "start_day", "end_day", "lat", "lon", "count", "min", "max")
)

# A store: its address, with a path too (https://example.org/annals); timeout is in seconds. The five
# verbs are functions of it:
#   $events(..., limit = Inf, frame = TRUE)  the events that hold all filters: all, or limit of them
#   $event(id, ...)        one event; include = c("accounts", "relations", "claims", "evidence")
#   $timeline(..., frame)  counts; by = "day", "month", "year", "decade" or bins = N; split = "type"
#   $facets(..., frame)    the commonest values; by = "actor", "place", "type", "tag", "source", "role"
#   $source(id, ...)       one source with its annotations and text, NULL where it is not given
# A frame has the columns of the CSV and the attributes version and matched (with count = TRUE). With
# frame = FALSE it is what the JSON says, as lists.
annals <- function(url = Sys.getenv("ANNALS_URL", "http://127.0.0.1:8080"),
                   token = Sys.getenv("ANNALS_TOKEN"), timeout = 60) {
  store <- list(url = sub("/+$", "", url), token = token, timeout = timeout)
  ask <- function(path, query = "") {
    answer <- .annals_fetch(store, path, query)
    given <- .annals_json(answer$body)
    if (is.null(given)) stop(.annals_problem(answer, paste0(store$url, path))) else given
  }
  part <- function(id) curl::curl_escape(enc2utf8(as.character(id)))
  counted <- function(path, filters, frame, rows) {
    document <- ask(path, annals_encoded(filters))
    if (!frame) return(document)
    structure(rows(document), version = document$version, matched = document$matched)
  }
  list(
    ask = ask,
    events = function(..., limit = Inf, frame = TRUE) {
      path <- if (frame) "/v1/events.geojson" else "/v1/events.json"
      .annals_pages(function(query) ask(path, query), list(...), limit, frame)
    },
    event = function(id, ...) ask(paste0("/v1/events/", part(id), ".json"), annals_encoded(list(...))),
    timeline = function(..., frame = TRUE) counted("/v1/histogram.json", list(...), frame, .annals_bins),
    facets = function(..., frame = TRUE) counted("/v1/facets.json", list(...), frame, .annals_values),
    source = function(id, ...) {
      path <- paste0("/v1/sources/", part(id))
      first <- .annals_fetch(store, paste0(path, ".json"), annals_encoded(list(...)))
      version <- list(as_of = first$headers[["annals-version"]])
      query <- annals_encoded(utils::modifyList(version, list(...)))
      source <- .annals_json(first$body)
      source$annotations <- ask(paste0(path, "/annotations.json"), query)$items
      absent <- function(problem) if (!problem$status %in% c(403, 404)) stop(problem)
      text_of <- function() .annals_fetch(store, paste0(path, "/text.txt"), query)$body
      c(source, list(text = tryCatch(text_of(), annals_problem = absent)))
    }
  )
}

# Filters as a query: a vector joined by commas, a list as a repeated parameter.
annals_encoded <- function(filters) {
  word <- function(value) {
    if (is.logical(value)) value <- tolower(value)
    if (is.numeric(value)) value <- format(value, digits = 15, scientific = FALSE, trim = TRUE)
    paste(enc2utf8(as.character(value)), collapse = ",")
  }
  one <- function(name, values) {
    values <- vapply(if (is.list(values)) values else list(values), word, "")
    paste0(curl::curl_escape(name), "=", gsub("%2C", ",", curl::curl_escape(values), fixed = TRUE))
  }
  filters <- Filter(Negate(is.null), filters)
  paste(unlist(Map(one, names(filters), filters)), collapse = "&")
}

# Days from 1970-01-01 to the days that ISO 8601 dates begin with; NA of NA.
annals_day_number <- function(dates) {
  found <- regmatches(dates, regexec("^Y?([+-]?[0-9]+)(-([0-9]{2}))?(-([0-9]{2}))?", dates))
  part <- function(at) vapply(found, function(one) as.numeric(if (one[at] %in% "") 1 else one[at]), 0)
  year <- part(2) - (part(4) < 3) # years begin in March
  month <- (part(4) - 3) %% 12
  days <- 365 * year + year %/% 4 - year %/% 100 + year %/% 400 + (153 * month + 2) %/% 5
  days + part(6) - 719469
}

# Rows, each a list of the same names, as a data frame; NULL is NA.
.annals_frame <- function(rows, columns) {
  column <- function(name) {
    as_kind <- if (name %in% .annals$numbers) as.numeric else as.character
    vapply(rows, function(row) as_kind(if (is.null(row[[name]])) NA else row[[name]]), as_kind(NA))
  }
  all <- stats::setNames(lapply(columns, column), columns)
  as.data.frame(all, optional = TRUE, stringsAsFactors = FALSE)
}

.annals_pages <- function(ask, filters, limit, frame) {
  left <- if (is.null(limit) || identical(limit, "all")) Inf else as.numeric(limit)
  query <- annals_encoded(c(filters, limit = min(left, .annals$page)))
  all <- list()
  while (!is.null(query)) {
    page <- ask(query)
    items <- if (frame) lapply(page$features, `[[`, "properties") else page$items
    items <- utils::head(items, min(left, length(items)))
    all[[length(all) + 1]] <- items
    left <- left - length(items)
    onward <- Filter(function(link) link$rel == "next", page$links)
    # Its query alone: the server may not know the address under which it is asked.
    query <- if (length(onward) && left > 0) sub("^[^?]*[?]", "", onward[[1]]$href)
  }
  all <- do.call(c, all)
  if (!frame) return(all)
  asked <- filters[["fields"]]
  usual <- c(.annals$columns, if ("date" %in% names(filters)) "match")
  fields <- if (is.null(asked)) usual else unlist(strsplit(asked, ","))
  all <- .annals_frame(all, if (length(all)) names(all[[1]]) else fields)
  structure(all, version = page$version, matched = page$numberMatched)
}

.annals_bins <- function(timeline) {
  columns <- c("start", "from", "to", "min", "max")
  if (is.null(timeline$series)) return(.annals_frame(timeline$buckets, columns))
  one <- function(series) Map(function(bucket, counts) {
    c(list(series = series$id, name = series$name), bucket[columns[1:3]], counts)
  }, timeline$buckets, series$buckets)
  .annals_frame(do.call(c, lapply(timeline$series, one)), c("series", "name", columns))
}

.annals_values <- function(facets) {
  columns <- c("id", "name", "count")
  one <- function(facet) lapply(facet$values, function(value) c(list(facet = facet$by), value[columns]))
  .annals_frame(do.call(c, lapply(facets$facets, one)), c("facet", columns))
}

.annals_fetch <- function(store, path, query) {
  url <- paste0(store$url, path, if (nzchar(query)) "?", query)
  for (left in rev(seq_len(.annals$tries) - 1)) {
    answer <- .annals_send(store, url)
    if (answer$status == 200) return(answer)
    problem <- .annals_problem(answer, url)
    to <- answer$headers[["location"]]
    told <- answer$headers[["retry-after"]]
    wait <- if (length(told) && grepl("^[0-9]+$", told)) as.numeric(told) else 2
    slow <- endsWith(problem$type, "#deadline") # the question is; it would be again
    if (length(to) && answer$status > 300 && answer$status < 400) {
      # A path of the interface lies below our address, any other at its host.
      below <- if (startsWith(to, "/v1/")) store$url else sub("(//[^/]*).*", "\\1", url)
      url <- if (startsWith(to, "/")) paste0(below, to) else to
    } else if (left > 0 && answer$status %in% c(429, 503) && wait <= 60 && !slow) {
      Sys.sleep(wait)
    } else {
      break
    }
  }
  stop(problem)
}

.annals_send <- function(store, url) {
  if (!grepl("^https?://", url)) stop("no address as http://127.0.0.1:8080: ", url)
  handle <- curl::new_handle(
    useragent = paste0("annals-r/", .annals$version), timeout = store$timeout,
    accept_encoding = "gzip", followlocation = FALSE
  )
  known <- startsWith(url, paste0(store$url, "/")) # else a redirect leads away
  if (nzchar(store$token) && known) {
    curl::handle_setheaders(handle, Authorization = paste("Bearer", store$token))
  }
  answer <- curl::curl_fetch_memory(url, handle)
  body <- rawToChar(answer$content)
  Encoding(body) <- "UTF-8"
  list(status = answer$status_code, headers = curl::parse_headers_list(answer$headers), body = body)
}

.annals_json <- function(body) {
  given <- tryCatch(jsonlite::fromJSON(body, simplifyVector = FALSE), error = function(error) NULL)
  if (!is.null(names(given))) given # what is JSON and no object is not of Annals either
}

.annals_problem <- function(answer, url) {
  given <- .annals_json(answer$body)
  if (is.null(given)) given <- list(title = "The answer is not one of Annals", detail = url)
  line <- function(error) {
    kinds <- setdiff(names(error), .annals$words)
    value <- if (!is.null(error$value)) paste0("=", error$value)
    hint <- if (!is.null(error$hint)) paste0(" (", error$hint, ")")
    paste0("\n  ", paste(kinds, unlist(error[kinds]), collapse = " "), value, ": ", error$detail, hint)
  }
  fields <- c(given, list(type = "", title = "", detail = "", errors = list()))
  fields <- fields[c("type", "title", "detail", "errors")]
  message <- c(answer$status, " ", fields$title, ": ", fields$detail, vapply(fields$errors, line, ""))
  fields <- c(fields, list(status = answer$status, message = paste(message, collapse = ""), call = NULL))
  structure(fields, class = c("annals_problem", "error", "condition"))
}
