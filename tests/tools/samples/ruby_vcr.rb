# Record two requests with Ruby's VCR: `ruby ruby_vcr.rb FOLDER NAME BASE_URL [exact]`.
require "json"
require "net/http"
require "vcr"

folder, name, base, exact = ARGV
VCR.configure do |config|
  config.cassette_library_dir = folder
  config.hook_into :webmock
  config.preserve_exact_body_bytes { exact }
end
question = { contents: [{ role: "user", parts: [{ text: "Say hi in Portuguese" }] }] }
VCR.use_cassette(name, record: :all) do
  ["generateContent", "streamGenerateContent?alt=sse"].each do |method|
    uri = URI("#{base}/v1beta/models/gemini-2.5-flash:#{method}")
    headers = { "Content-Type" => "application/json", "x-goog-api-key" => "any-key" }
    response = Net::HTTP.post(uri, question.to_json, headers)
    puts "#{response.code} #{response.body.size}"
  end
end
