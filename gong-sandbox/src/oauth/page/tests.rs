use super::*;

#[test]
fn nothing_a_stranger_wrote_becomes_markup() {
    let page = problem("No", "redirect_uri: \"><script>alert('x')</script>");
    let text = String::from_utf8(page.body.bytes(0, page.body.size())).unwrap();
    assert!(text.contains("&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)"));
    assert!(!text.contains("<script"));
}

#[test]
fn an_origin_ends_before_the_path() {
    assert_eq!(origin("http://localhost:81/callback?a"), "http://localhost:81");
    assert_eq!(origin("https://app.example"), "https://app.example");
    assert_eq!(origin("app:callback"), "app:callback");
}
