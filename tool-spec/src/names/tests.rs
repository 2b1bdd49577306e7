use super::{camel, field_ident, snake};

#[test]
fn every_way_to_write_a_name_gives_the_same_words() {
    for name in ["fromDateTime", "FromDateTime", "from_date_time", "from-date-time", "FROM_DATE_TIME", "from date time"]
    {
        assert_eq!(snake(name), "from_date_time");
        assert_eq!(camel(name), "FromDateTime");
    }
}

#[test]
fn digits_and_runs_of_capitals() {
    assert_eq!(snake("crmURL"), "crm_url");
    assert_eq!(snake("callURLs2"), "call_ur_ls2");
    assert_eq!(snake("v2Calls"), "v2_calls");
    assert_eq!(snake("A"), "a");
    assert_eq!(snake("30days"), "n30days");
    assert_eq!(camel("30days"), "N30days");
    assert_eq!(snake("__"), "");
    assert_eq!(camel("é"), "");
}

#[test]
fn keywords() {
    assert_eq!(field_ident("type"), "type_");
    assert_eq!(field_ident("Self"), "self_");
    assert_eq!(field_ident("typed"), "typed");
}
