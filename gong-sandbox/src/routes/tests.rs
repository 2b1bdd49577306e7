use super::*;

#[test]
fn a_path_finds_its_operation_and_its_id() {
    let route = find("GET", "/v2/flows/prospects/bulk-assignments/a%2Fb").unwrap();
    assert_eq!(route.captured, "a/b");
    assert_eq!(find("POST", "/v2/calls/extensive").unwrap().captured, "");
    assert_eq!(find("DELETE", "/v2/calls").unwrap_err().status, 405);
    assert_eq!(find("PUT", "/v2/calls/7/nothing").unwrap_err().status, 501);
    assert_eq!(find("GET", "/v2/nothing").unwrap_err().status, 501);
    assert_eq!(find("GET", "/v2/calls/").unwrap_err().status, 501);
    assert_eq!(find("GET", "/calls").unwrap_err().status, 404);
}
