"""Groups follow spaces: what that brings onto their pages (`rooms`), into their year and what they take along."""
