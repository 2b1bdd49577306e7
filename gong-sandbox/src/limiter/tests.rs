use super::*;

#[test]
fn a_window_frees_up_as_its_oldest_request_leaves() {
    let mut limiter = Limiter::new(RateLimit { per_second: 2, per_day: 3 });
    let at = Duration::from_millis;
    assert!(limiter.admit(at(0)).is_ok());
    assert!(limiter.admit(at(400)).is_ok());
    assert_eq!(limiter.admit(at(900)).unwrap_err(), Refusal::too_many_requests(1));
    assert!(limiter.admit(at(1000)).is_ok());
    assert_eq!(limiter.admit(at(5000)).unwrap_err(), Refusal::too_many_requests(24 * 60 * 60 - 5));
    assert!(limiter.admit(DAY).is_ok());
}
