//! One sort for all lists of a device: by a number, in order of arrival where it is the same. The standard library's is
//! compiled anew for every kind of element, which phones would download.

/// The elements in the order of their keys; those with the same key stay in the order in which they came.
pub fn by_key<T, K: Into<i128>>(items: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let order = places(items.iter().map(|item| key(item).into()).collect());
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.into_iter().filter_map(|place| items.get_mut(place)?.take()).collect()
}

fn places(keys: Vec<i128>) -> Vec<usize> {
    let mut order: Vec<(i128, usize)> = keys.into_iter().enumerate().map(|(place, key)| (key, place)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_stand_by_their_key_and_equal_ones_as_they_came() {
        assert_eq!(
            by_key(vec![(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd'), (1, 'e')], |one| one.0),
            [(1, 'b'), (1, 'e'), (2, 'd'), (3, 'a'), (3, 'c')]
        );
        assert_eq!(by_key(Vec::<i64>::new(), |one| *one), Vec::<i64>::new());
    }
}
