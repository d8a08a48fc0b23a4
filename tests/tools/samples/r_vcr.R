# Record two requests with R's vcr: `Rscript r_vcr.R FOLDER NAME BASE_URL [exact]`.
library(vcr)
arguments <- commandArgs(trailingOnly = TRUE)
invisible(vcr_configure(dir = arguments[1], record = "all",
  match_requests_on = c("method", "uri", "body"),
  preserve_exact_body_bytes = length(arguments) > 3))
question <- '{"contents":[{"role":"user","parts":[{"text":"Say hi in Portuguese"}]}]}'
use_cassette(arguments[2], {
  for (method in c("generateContent", "streamGenerateContent?alt=sse")) {
    client <- crul::HttpClient$new(arguments[3], headers = list(
      `Content-Type` = "application/json", `x-goog-api-key` = "any-key"))
    parts <- strsplit(method, "?", fixed = TRUE)[[1]]
    query <- if (length(parts) > 1) list(alt = "sse") else list()
    response <- client$post(paste0("v1beta/models/gemini-2.5-flash:", parts[1]),
      query = query, body = question)
    print(c(response$status_code, nchar(response$parse("UTF-8"))))
  }
})
